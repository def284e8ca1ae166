-- The weights of each drawing beside one another. `{weights}`: one column a criterion.
--   reads  draws
CREATE TABLE draws_wide AS SELECT time, {weights} FROM draws;
