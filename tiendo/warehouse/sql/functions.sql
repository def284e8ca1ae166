-- The words of `indicators.courses` and `indicators.progress` as functions of numbers. Everything is DECIMAL or HUGEINT.
-- A threshold is two ends, `low` and `high`: the same number but for a range. `side`: 1 more is asked for, -1 less, 0
-- one value or a stretch.
CREATE MACRO endless() AS CAST('999999999999999999.999999' AS DECIMAL(24, 6));
CREATE MACRO step() AS CAST('0.000001' AS DECIMAL(7, 6));

CREATE MACRO side_of(comparator, direction) AS CASE
    WHEN comparator IN ('ge', 'gt') OR (comparator = 'between' AND direction = 'up') THEN 1
    WHEN comparator IN ('le', 'lt') OR (comparator = 'between' AND direction = 'down') THEN -1
    ELSE 0
END;

-- Where values that satisfy a threshold begin and end. All have 6 decimals, so "more than" begins one step above.
CREATE MACRO holds_from(comparator, side, low) AS CASE
    WHEN side < 0 THEN -endless()
    WHEN comparator = 'gt' THEN low + step()
    ELSE low
END;
CREATE MACRO holds_to(comparator, side, high) AS CASE
    WHEN side > 0 THEN endless()
    WHEN comparator = 'lt' THEN high - step()
    ELSE high
END;

-- Beyond which a satisfying value exceeds; nothing exceeds a strict sign but the full value of a pair.
CREATE MACRO exceeds_above(comparator, side, high, full_value) AS CASE
    WHEN side > 0 AND (full_value IS NOT NULL OR comparator <> 'gt') THEN coalesce(full_value, high)
    ELSE endless()
END;
CREATE MACRO exceeds_below(comparator, side, low, full_value) AS CASE
    WHEN side < 0 AND (full_value IS NOT NULL OR comparator <> 'lt') THEN coalesce(full_value, low)
    ELSE -endless()
END;

-- The value less the edge it must reach; 0 within a stretch.
CREATE MACRO gap(value, side, low, high) AS CASE
    WHEN side > 0 THEN value - low
    WHEN side < 0 THEN value - high
    ELSE least(value - low, 0) + greatest(value - high, 0)
END;

-- Millionths as whole numbers, and back; no value from a million million million on, as the database keeps no more.
-- A whole number of 128 bits is divided bit by bit, of 64 bits in one step: a hundred times faster where it fits.
CREATE MACRO small_millionths(value) AS CASE
    WHEN abs(value) < 1000000 THEN CAST(CAST(value AS DECIMAL(18, 6)) * 1000000 AS BIGINT)
    WHEN abs(value) < 9000000000000 THEN CAST(value * 1000000 AS BIGINT)
END;
CREATE MACRO millionths(value) AS coalesce(CAST(small_millionths(value) AS HUGEINT), CAST(value * 1000000 AS HUGEINT));
CREATE MACRO told(count) AS CASE
    WHEN abs(count) < CAST('1000000000000000000000000' AS HUGEINT)
    THEN CAST(CAST(count AS DECIMAL(24, 0)) * step() AS DECIMAL(24, 6))
END;

-- Division of whole numbers, cut towards 0; `divisor` above 0.
CREATE MACRO quotient(count, divisor) AS CASE
    WHEN abs(count) < 9000000000000000000 AND divisor < 9000000000000000000
    THEN CAST(CAST(count AS BIGINT) // CAST(divisor AS BIGINT) AS HUGEINT)
    ELSE count // divisor
END;

-- The quotient so cut, brought to the nearest whole number, a half to the even one. `remainder` has the sign of what
-- was divided.
CREATE MACRO nearest(cut, remainder, divisor) AS cut + CASE
    WHEN 2 * abs(remainder) > divisor OR (2 * abs(remainder) = divisor AND cut % 2 <> 0) THEN sign(remainder)
    ELSE 0
END;

CREATE MACRO is_in_force(valid_from, valid_to, day) AS
    (valid_from IS NULL OR valid_from <= day) AND (valid_to IS NULL OR day < valid_to);
