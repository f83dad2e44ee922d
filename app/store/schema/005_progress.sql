-- How dossiers sent from here stand, sealed by the office: only the slip with the applicant's birth date opens one.
-- wrong, wrong_ms: tries that did not.
CREATE TABLE progress (
    reference TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    kept_ms INTEGER NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    wrong_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Up to where the office has been asked.
CREATE TABLE progress_asked (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    up_to INTEGER NOT NULL
) STRICT;
