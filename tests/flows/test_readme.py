from flows.cli import COMMANDS, cli
from flows.reference import README, with_tables


def test_the_readme_has_every_command_and_setting_as_they_are():
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run `python -m flows.reference`"
    assert "`CARAVAN_HOME`" in text


def test_every_command_that_is_described_exists_and_explains_itself():
    for name in COMMANDS:
        command = cli.get_command(None, name)
        assert command is not None, name
        assert command.help, name
