-- The days on which values are judged: the last ones of periods.
--   reads  periods
CREATE TABLE days AS SELECT DISTINCT last_day AS judged_on FROM periods;
