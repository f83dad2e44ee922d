-- Who may work on the kiosk's staff screens. `pin` is an Argon2id string (RFC 9106), never the PIN. A number is never given
-- to somebody else, so that the journal keeps telling who did what: removed accounts stay as rows without a PIN.
CREATE TABLE staff (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
    name TEXT NOT NULL,
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
    pin TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    added_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX staff_by_name ON staff (name) WHERE active = 1;

-- Wrong tries since the last right one; counted before a try is looked at. Account 0: the recovery code.
CREATE TABLE staff_tries (
    account INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL,
    tried_ms INTEGER NOT NULL
) STRICT;

-- What opens the kiosk when no administrator can: shown once, an Argon2id string here.
CREATE TABLE staff_recovery (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    code TEXT NOT NULL
) STRICT;
