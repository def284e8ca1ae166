-- What each criterion gives each card, as the exact quotient of two whole numbers, from 0 to 1. Missing gives 0.
--   reads  cards (card, grp), readings (card, place, value), bands (place, low, high, points)
--          criteria (place, weight, zero_at, full_at)
CREATE TABLE earned AS
WITH read AS (
    SELECT cards.card, grp, place, weight, zero_at, full_at, value
    FROM cards CROSS JOIN criteria LEFT JOIN readings USING (card, place)
)
SELECT
    card,
    grp,
    read.place,
    weight,
    CASE
        WHEN value IS NULL THEN 0
        WHEN zero_at IS NULL THEN millionths(points)
        WHEN full_at > zero_at THEN millionths(least(greatest(value - zero_at, 0), full_at - zero_at))
        ELSE millionths(least(greatest(zero_at - value, 0), zero_at - full_at))
    END AS part,
    CASE
        WHEN value IS NULL THEN 1
        WHEN zero_at IS NULL THEN millionths(weight)
        ELSE millionths(abs(full_at - zero_at))
    END AS whole
FROM read
LEFT JOIN bands
    ON bands.place = read.place AND zero_at IS NULL
    AND (low IS NULL OR low <= value) AND (high IS NULL OR value < high);
