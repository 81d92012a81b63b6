-- Files for channels that cannot carry them ---------------------------------------------------------

CREATE TABLE file_link (
    hash TEXT PRIMARY KEY,              -- SHA-256 of the link's secret; the secret itself is not kept
    chat TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id), -- whose data are in it, if one person's
    attachment TEXT NOT NULL,           -- JSON: the maker and what it is given; ids, never names
    picture INTEGER NOT NULL DEFAULT 0, -- 1: fetched by the messenger itself, as often as it likes
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_by TEXT NOT NULL DEFAULT ''    -- the browser that opened it first: it may ask again for a moment
);
CREATE INDEX file_link_chat ON file_link (chat);
CREATE INDEX file_link_expires ON file_link (expires_at)
;

-- What each bot of a pool has used of its month -----------------------------------------------------

CREATE TABLE lane_month (
    lane TEXT NOT NULL,                 -- telegram, or zalo:<bot>
    month TEXT NOT NULL,                -- local, 2020-06
    messages INTEGER NOT NULL,          -- sent by us
    PRIMARY KEY (lane, month)
)
