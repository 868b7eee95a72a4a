"""What development starts with: the sample table, the sample organisations and the sample sign-ins."""

from app.access.model import operator
from app.adapters.clock import SystemClock
from app.adapters.sql import schema
from app.adapters.sql.agents import SqlAgents
from app.factory.accounts import build_people
from app.factory.stores import Sql, open_sql
from app.ports import Clock
from app.services.directory import read_directory
from app.services.sample_agents import SampleAgents
from app.services.samples import sample_directory
from app.settings import Settings
from routing.tables import sample

AUTHOR = "sample"


def prepare(settings: Settings, clock: Clock) -> None:
    """Bring development's database up to date, and fill an empty one with the sample."""
    sql = open_sql(settings, clock)
    try:
        schema.upgrade(sql.engine)
        load_sample(sql)
        build_people(sql, settings).samples.add(actor=operator(AUTHOR), now=clock.now())
        SampleAgents(SqlAgents(sql.engine)).add(actor=operator(AUTHOR), now=clock.now())
    finally:
        sql.engine.dispose()


def load_sample(sql: Sql) -> None:
    """Publish the sample and add its organisations, where no table was published yet."""
    if sql.tables.latest():
        return
    now = SystemClock().now()
    sentences = ["The sample: real in shape, never to be dialled."]
    sql.tables.publish(sample(), actor=operator(AUTHOR), now=now, sentences=sentences, expecting=0)
    found = read_directory(*sample_directory())
    sql.directory.replace(found.organisations, found.contacts, actor=operator(AUTHOR), now=now)
