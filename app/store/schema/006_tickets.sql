-- Numbers for the counter, each day from 1 on; nobody's name goes with them.
CREATE TABLE ticket (
    day TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    taken_ms INTEGER NOT NULL,
    PRIMARY KEY (day, number)
) STRICT, WITHOUT ROWID;
