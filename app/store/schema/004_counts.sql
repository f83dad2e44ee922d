-- What happened how often on a day: opinions, visits given up, help asked for. Numbers only, so that nothing of anybody can
-- get in; whose they are cannot be told.
CREATE TABLE counts (
    day TEXT NOT NULL,
    what INTEGER NOT NULL CHECK (what BETWEEN 1 AND 99),
    detail INTEGER NOT NULL CHECK (detail BETWEEN 0 AND 999),
    n INTEGER NOT NULL CHECK (n > 0),
    PRIMARY KEY (day, what, detail)
) STRICT, WITHOUT ROWID;
