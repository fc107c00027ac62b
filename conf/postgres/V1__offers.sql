-- The tables of the sink `postgres`, version 1. `offerstorm setup` runs this file, once, in the schema of `postgres.schema`:
-- every name without a schema is in it. A change of the tables is a further file, V2__….sql; this one stays as it is.
--
-- Text compares by its bytes (collate "C"): offers come from many languages, and an index must not depend on a locale
-- that the operating system changes.

create table schema_version (
    version integer primary key,
    description text not null,
    installed_at timestamptz not null default now()
);

-- The log whose offers these are; one row. A writer locks it first, so one transaction writes at a time.
create table source_identity (
    only_row boolean primary key default true check (only_row),
    topic text not null,
    topic_id text not null,
    epoch integer not null,
    partitions integer not null,
    consumer_group text not null
);

-- Of each partition the offset below which every record is written, and ranges beyond it ("120-140 200-220").
create table offerstorm_coverage (
    partition integer primary key,
    next_offset bigint,
    parked text not null default ''
);

-- The newest version of each live offer.
create table offers (
    id text collate "C" primary key,
    epoch integer not null,
    partition integer not null,
    "offset" bigint not null,
    updated_at timestamptz,
    continent text collate "C" not null,
    category text collate "C" not null,
    profession_id bigint,
    contract_type text,
    name text not null,
    latitude double precision,
    longitude double precision,
    company text,
    description text,
    published_at timestamptz,
    url text,
    city text,
    country text,
    remote boolean,
    salary_min double precision,
    salary_max double precision,
    salary_currency text,
    salary_period text,
    valid_through timestamptz,
    fields jsonb
);

create index offers_by_cell on offers (category, continent);
create index offers_by_update on offers (updated_at);
create index offers_by_end on offers (valid_through) where valid_through is not null;

-- Offers that are deleted: a late older version must not bring them back.
create table offer_tombstones (
    id text collate "C" primary key,
    epoch integer not null,
    partition integer not null,
    "offset" bigint not null,
    deleted_at timestamptz
);

-- Every accepted version once. At a moment T those hold with
--   valid_from <= T and (valid_to is null or T < valid_to) and operation = 'upsert'
-- valid_from is the record's time (-infinity if it has none), valid_to the earliest time of all newer versions.
create table offer_versions (
    id text collate "C" not null,
    epoch integer not null,
    partition integer not null,
    "offset" bigint not null,
    operation text not null check (operation in ('upsert', 'delete')),
    valid_from timestamptz not null,
    valid_to timestamptz,
    is_current boolean not null,
    continent text collate "C",
    category text collate "C",
    profession_id bigint,
    contract_type text,
    name text,
    latitude double precision,
    longitude double precision,
    company text,
    description text,
    published_at timestamptz,
    url text,
    city text,
    country text,
    remote boolean,
    salary_min double precision,
    salary_max double precision,
    salary_currency text,
    salary_period text,
    valid_through timestamptz,
    fields jsonb,
    primary key (id, epoch, "offset", valid_from)
) partition by range (valid_from);

create index offer_versions_by_end on offer_versions (valid_to);

-- What no month's partition takes: records without a time, and of times that setup made no partition for.
create table offer_versions_default partition of offer_versions default;

-- The table category × continent: always the same as GROUP BY over offers; a cell without offers has no row.
create table offer_counts (
    category text collate "C" not null,
    continent text collate "C" not null,
    live_offers bigint not null check (live_offers >= 0),
    primary key (category, continent)
);
