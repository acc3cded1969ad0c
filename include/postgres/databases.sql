-- Two databases on one server, each for a login of its own: Airflow's metadata and the warehouse.
-- May be run again at any time; passwords become those of the secrets.

\set airflow_password `cat "$SECRETS_FOLDER/airflow-database-password"`
\set warehouse_password `cat "$SECRETS_FOLDER/warehouse-password"`

select format('create role %I %s', name, kind)
from (values ('airflow', 'login'), ('regulars', 'login'), ('regulars_etl', 'nologin')) as wanted (name, kind)
where not exists (select from pg_roles where rolname = wanted.name)
\gexec

alter role airflow password :'airflow_password';
alter role regulars password :'warehouse_password';
grant regulars_etl to regulars;

select 'create database airflow owner airflow'
where not exists (select from pg_database where datname = 'airflow')
\gexec

-- Ranks and exports are ordered by code point, never by the rules of a language.
select 'create database regulars template template0 encoding ''UTF8'' locale ''C.UTF-8'''
where not exists (select from pg_database where datname = 'regulars')
\gexec

revoke all on database airflow from public;
