-- The weights of every drawing, in millionths, by the generator of `evaluation.robustness`: the first 8 bytes of
-- SHA-256("seed|time|place") as a whole number, laid over the criterion's bounds.
--   reads  criteria (place, weight_low, weight_high), settings (seed, times)
CREATE TABLE draws AS
SELECT
    time,
    list(
        weight_low + CAST(
            CAST(weight_high - weight_low AS HUGEINT)
            * CAST('0x' || left(sha256(seed || '|' || time || '|' || place), 16) AS UBIGINT) // 18446744073709551615
            AS BIGINT
        )
        ORDER BY place
    ) AS weights
FROM (SELECT seed, unnest(range(times)) AS time FROM settings) CROSS JOIN criteria
GROUP BY time;
