"""`tscp case REF --missing`: the same text as on the desk."""

from storage import audit
from storage.database import reading
from triage.missing import missing_text, outstanding_text
from tscp.acts.look import see_case
from tscp.cli import main


def test_the_command_prints_both_texts_and_the_look_is_audited(filed, tmp_path, capsys) -> None:
    config = str(tmp_path / "tscp.toml")
    words = ["case", "TSCP-2026-0001", "--missing", "--as", "sam", "--config", config]
    assert main(words) == 0
    case, today = see_case(filed, "TSCP-2026-0001", "test"), filed.today()
    texts = (missing_text(case, today), outstanding_text(case, today))
    assert capsys.readouterr().out == "\n".join(texts) + "\n"
    with reading(filed.engine) as session:
        assert ("sam", "case seen") in [row[1:] for row in audit.about(session, case.reference)]
