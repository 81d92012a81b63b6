-- Times are UTC text (2020-06-05T08:30:00Z), days are local text (2020-06-05), flags are 0 or 1.
-- A chat is addressed as channel:chat_id, e.g. telegram:1001.

-- How a message travels ------------------------------------------------------------------------

CREATE TABLE person (
    id IDENTITY,
    name TEXT NOT NULL,                 -- as typed, NFC; empty once erased
    folded TEXT NOT NULL,
    phone TEXT,                         -- E.164
    origin TEXT NOT NULL CHECK (origin IN ('roster', 'chat', 'grant')),
    created_at TEXT NOT NULL,
    erased_at TEXT
);
CREATE INDEX person_phone ON person (phone);
CREATE INDEX person_folded ON person (folded);

CREATE TABLE chat (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'private' CHECK (kind IN ('private', 'group')),
    locale TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',     -- the display name the messenger gives
    reachable INTEGER NOT NULL DEFAULT 1,
    consent TEXT,                       -- version of the notice that was agreed to
    question BIGINT,                    -- the outbox message whose question is open
    step TEXT,                          -- who hears what is typed
    carry TEXT NOT NULL DEFAULT '{}',   -- what that step is given
    last_message BIGINT,                -- the newest outbox message of this chat
    draft TEXT NOT NULL DEFAULT '{}',   -- what a form has gathered so far
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

CREATE TABLE inbox (
    id IDENTITY,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,                  -- what makes it one: the messenger's number, or what fell due
    chat TEXT NOT NULL,                 -- empty for the clock
    kind TEXT NOT NULL,
    body TEXT NOT NULL,                 -- JSON
    received_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    done_at TEXT,
    error TEXT,
    UNIQUE (channel, key)
);
CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'waiting';
CREATE INDEX inbox_chat ON inbox (chat, id);

CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,              -- number of the incoming x 2^20 + place among its replies
    chat TEXT NOT NULL,
    priority INTEGER NOT NULL,          -- 0 reply, 1 notice, 2 mass mail
    text TEXT NOT NULL,                 -- HTML of the small kind; empty: only the press is answered
    keys TEXT NOT NULL,                 -- the locale keys it was made of
    choices TEXT NOT NULL,              -- JSON: [[label, step, carry, key], ...]
    hints TEXT NOT NULL DEFAULT '{}',   -- JSON: contact, attachment, toast, clear
    edits TEXT,                         -- the messenger's number of the message it takes the place of
    answers TEXT,                       -- the press it answers
    private INTEGER NOT NULL DEFAULT 0, -- 1: the text goes as soon as it is sent
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL DEFAULT 0, -- milliseconds since 1970
    sent_ms BIGINT,                     -- milliseconds since 1970
    wire_id TEXT,                       -- the messenger's number of what was sent
    error TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (priority, id) WHERE state = 'waiting';
CREATE INDEX outbox_turn ON outbox (chat, priority, id) WHERE state = 'waiting';
CREATE INDEX outbox_sent ON outbox (sent_ms) WHERE sent_ms IS NOT NULL;
CREATE INDEX outbox_chat ON outbox (chat, id);

CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,                -- person:7, chat:telegram:1001, clock, shell
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    behalf TEXT NOT NULL DEFAULT '',    -- on whose behalf
    data TEXT NOT NULL,                 -- JSON; ids, never names or phones
    hash TEXT NOT NULL                  -- SHA-256 of the hash before and of this row
);

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Places, seats and those who hold them ----------------------------------------------------------

CREATE TABLE unit (
    id IDENTITY,
    level TEXT NOT NULL CHECK (level IN ('district', 'commune', 'village')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,                 -- bare: Trung Lý
    type TEXT NOT NULL,                 -- Xã, Thị trấn, Phường, Huyện, Thành phố, Bản, ...
    folded TEXT NOT NULL,
    parent_id BIGINT REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    UNIQUE (level, code, valid_from)
);
CREATE INDEX unit_parent ON unit (parent_id);

CREATE TABLE scope (
    unit_id BIGINT PRIMARY KEY REFERENCES unit (id),   -- a commune or a village of the programme
    class TEXT NOT NULL,                -- region class of the commune: II or III
    decision TEXT NOT NULL DEFAULT ''
);

CREATE TABLE seat (
    id IDENTITY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    post TEXT NOT NULL,
    UNIQUE (unit_id, post)
);

CREATE TABLE holding (
    id IDENTITY,
    seat_id BIGINT NOT NULL REFERENCES seat (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    since TEXT NOT NULL,
    until TEXT,
    confirmed_at TEXT,
    confirmed_how TEXT CHECK (confirmed_how IN ('code', 'contact', 'claim')),
    note TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX one_holder ON holding (seat_id) WHERE until IS NULL;
CREATE INDEX holding_person ON holding (person_id);

CREATE TABLE claim (
    id IDENTITY,
    seat_id BIGINT NOT NULL REFERENCES seat (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    chat TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    phone_shared INTEGER NOT NULL DEFAULT 0, -- 1: the messenger vouches that it is the sender's own
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn')),
    reason TEXT NOT NULL DEFAULT '',
    opened_at TEXT NOT NULL,
    decided_at TEXT,
    decided_by BIGINT REFERENCES person (id)
);
CREATE UNIQUE INDEX one_open_claim ON claim (seat_id, person_id) WHERE state = 'open';
CREATE INDEX claim_open ON claim (id) WHERE state = 'open';

CREATE TABLE chat_person (
    id IDENTITY,
    chat TEXT NOT NULL REFERENCES chat (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    seat_id BIGINT REFERENCES seat (id),  -- empty: a person without a seat (an admin)
    since TEXT NOT NULL,
    until TEXT
);
CREATE UNIQUE INDEX one_link ON chat_person (chat, person_id, coalesce(seat_id, 0)) WHERE until IS NULL;
CREATE INDEX chat_person_person ON chat_person (person_id);

CREATE TABLE consent (
    id IDENTITY,
    chat TEXT NOT NULL,
    version TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('agreed', 'refused', 'withdrawn')),
    at TEXT NOT NULL
);
CREATE INDEX consent_chat ON consent (chat);

CREATE TABLE grants (
    id IDENTITY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('admin', 'organiser', 'coordinator', 'board')),
    area_id BIGINT REFERENCES unit (id),  -- empty: the whole province
    granted_at TEXT NOT NULL,
    revoked_at TEXT
);
CREATE UNIQUE INDEX one_grant ON grants (person_id, role, coalesce(area_id, 0)) WHERE revoked_at IS NULL;

CREATE TABLE code (
    hash TEXT PRIMARY KEY,              -- SHA-256 of the code; the code itself is not kept
    purpose TEXT NOT NULL CHECK (purpose IN ('seat', 'grant', 'board', 'person')),
    holding_id BIGINT REFERENCES holding (id),
    person_id BIGINT REFERENCES person (id), -- whose chats another one joins
    role TEXT,
    area_id BIGINT REFERENCES unit (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_by TEXT
);

CREATE TABLE board_chat (
    chat TEXT PRIMARY KEY REFERENCES chat (id),
    bound_at TEXT NOT NULL,
    unbound_at TEXT,
    sent_day TEXT,                      -- the last day whose summary was sent
    figures TEXT NOT NULL DEFAULT '{}'  -- JSON of the last summary, for what changed since
);

-- Training -------------------------------------------------------------------------------------

CREATE TABLE session (
    id IDENTITY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    teacher TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '[]',  -- JSON: codes of the programme's topics
    bring TEXT NOT NULL DEFAULT '',
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    taken INTEGER NOT NULL DEFAULT 0,
    deadline TEXT NOT NULL,             -- last day to enrol
    state TEXT NOT NULL CHECK (state IN
        ('draft', 'open', 'closed', 'running', 'held', 'postponed', 'cancelled')),
    CHECK (taken >= 0 AND taken <= capacity)
);

CREATE TABLE session_half (
    session_id BIGINT NOT NULL REFERENCES session (id),
    day TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('am', 'pm')),
    PRIMARY KEY (session_id, day, part)
);
CREATE INDEX session_half_day ON session_half (day);

CREATE TABLE session_post (
    session_id BIGINT NOT NULL REFERENCES session (id),
    post TEXT NOT NULL,
    PRIMARY KEY (session_id, post)
);

CREATE TABLE session_area (
    session_id BIGINT NOT NULL REFERENCES session (id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (session_id, unit_id)
);

CREATE TABLE enrolment (
    id IDENTITY,
    session_id BIGINT NOT NULL REFERENCES session (id),
    seat_id BIGINT NOT NULL REFERENCES seat (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'offered', 'cancelled', 'substituted')),
    enrolled_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    feedback_given INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX one_place ON enrolment (session_id, seat_id) WHERE state IN ('enrolled', 'waiting', 'offered');
CREATE INDEX enrolment_line ON enrolment (session_id, state, enrolled_at, id); -- who comes before whom
CREATE INDEX enrolment_person ON enrolment (person_id);
CREATE INDEX enrolment_seat ON enrolment (seat_id);

CREATE TABLE feedback (
    id TEXT PRIMARY KEY,                -- random, so that nothing can be read from its order
    session_id BIGINT NOT NULL REFERENCES session (id),
    enrolment_id BIGINT REFERENCES enrolment (id), -- empty: given without the name
    code_hash TEXT,                     -- with it an unnamed one can be changed; the code is its giver's alone
    content INTEGER NOT NULL CHECK (content BETWEEN 1 AND 5),
    teacher INTEGER NOT NULL CHECK (teacher BETWEEN 1 AND 5),
    organisation INTEGER NOT NULL CHECK (organisation BETWEEN 1 AND 5),
    locality INTEGER NOT NULL CHECK (locality BETWEEN 1 AND 5),
    why TEXT NOT NULL DEFAULT '',       -- the reason for each score of 1 or 2, a line each: content: …
    comment TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '[]',
    given_on TEXT NOT NULL              -- the day only: a time would tell whose it is
);
CREATE INDEX feedback_session ON feedback (session_id);
CREATE UNIQUE INDEX one_feedback ON feedback (enrolment_id) WHERE enrolment_id IS NOT NULL
