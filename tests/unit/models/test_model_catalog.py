"""A folder of models: each file keeps its contract, together they have an order."""

from pathlib import Path

import pytest
from model_files import SELECT, WriteModel, listed, reads

from regulars.domain.errors import BadInput
from regulars.models import ModelKind, load_catalog, read_model


def test_a_model_is_its_header_and_its_select(write: WriteModel):
    model = read_model(write("fct_orders", publish="true", unique="[order_id]"))
    assert (model.name, model.kind, model.publish) == ("fct_orders", ModelKind.FULL, True)
    assert (model.inputs, model.unique, model.params) == (("raw_orders",), ("order_id",), ())
    assert model.describe == "Orders. ‖ 订单。"
    assert model.sql == SELECT


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"path": "other"}, "unknown key path"),
        ({"grain": ""}, "grain: Field required"),
        ({"kind": "table"}, "kind: Input should be 'view'"),
        ({"describe": "a: b: c"}, "the header is not YAML"),
        ({"kind": "audit"}, "every audit has one"),
        ({"severity": "warn"}, "severity is for audits"),
        ({"kind": "days"}, "needs the params first_date and last_date"),
        ({"kind": "view", "params": "[day]"}, "a view has no params"),
        ({"inputs": "[raw_orders, raw_items]"}, "inputs list raw_items, which is not used"),
        ({"inputs": "[]"}, "inputs do not list raw_orders"),
        ({"params": "[as_of]"}, "params list as_of, which is not used"),
    ],
)
def test_a_wrong_header_names_file_and_key(write: WriteModel, header: dict[str, str], message: str):
    with pytest.raises(BadInput, match=rf"fct_orders\.sql: .*{message}"):
        read_model(write("fct_orders", **header))


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("\ndelete from raw_orders\n", "expected exactly one select"),
        (SELECT + ";select 1", "expected exactly one select"),
        ("\nselect\n    a b c\nfrom raw_orders", r"line \d+: not readable"),
        ("\nselect :day as day from raw_orders", "line 7: .*cast"),
        ("\nselect a from raw_orders where a = :day", "params do not list day"),
        ("\nselect a from raw_orders, raw_items", "inputs do not list raw_items"),
        (SELECT.replace("final", "raw_orders"), "both an input and a step"),
        ("\n", "a model is a header comment"),
    ],
)
def test_a_wrong_select_names_file_and_reason(write: WriteModel, sql: str, message: str):
    with pytest.raises(BadInput, match=rf"(?s)fct_orders\.sql: .*{message}"):
        read_model(write("fct_orders", sql))


def test_a_file_without_a_header_is_no_model(tmp_path: Path):
    (tmp_path / "fct_x.sql").write_text("select 1", encoding="utf-8")
    with pytest.raises(BadInput, match=r"fct_x\.sql: a model is a header comment"):
        read_model(tmp_path / "fct_x.sql")


def test_a_file_name_is_a_table_name(write: WriteModel):
    with pytest.raises(BadInput, match=r"Fct-Orders\.sql: the file's name is no table name"):
        read_model(write("Fct-Orders"))


def test_inputs_run_before_those_that_read_them(write: WriteModel, tmp_path: Path):
    write("a_last", reads("m_middle", "z_first"), inputs=listed("m_middle", "z_first"))
    write("m_middle", reads("z_first"), inputs=listed("z_first"), folder="staging")
    write("z_first")
    catalog = load_catalog(tmp_path)
    assert [model.name for model in catalog.models] == ["z_first", "m_middle", "a_last"]
    assert catalog.external_inputs == ("raw_orders",)


def test_a_choice_of_models_keeps_the_order(write: WriteModel, tmp_path: Path):
    write("a_last", reads("m_middle"), inputs=listed("m_middle"))
    write("m_middle", reads("z_first"), inputs=listed("z_first"), kind="view")
    write("z_first")
    write("unrelated")
    catalog = load_catalog(tmp_path)

    def names(*chosen: str, **how: object) -> list[str]:
        return [model.name for model in catalog.select(chosen or None, **how)]  # type: ignore[arg-type]

    assert names("a_last", "z_first") == ["z_first", "a_last"]
    assert names("a_last", upstream=True) == ["z_first", "m_middle", "a_last"]
    assert names(kinds=[ModelKind.VIEW]) == ["m_middle"]
    with pytest.raises(BadInput, match="there is no model nope"):
        names("nope")


def test_two_models_of_one_name_are_refused(write: WriteModel, tmp_path: Path):
    write("fct_orders")
    write("fct_orders", folder="staging")
    with pytest.raises(BadInput, match=r"marts/fct_orders\.sql and staging/fct_orders\.sql"):
        load_catalog(tmp_path)


def test_a_circle_is_named_step_by_step(write: WriteModel, tmp_path: Path):
    for name, reader in (("a_one", "c_three"), ("b_two", "a_one"), ("c_three", "b_two")):
        write(name, reads(reader), inputs=listed(reader))
    with pytest.raises(BadInput, match=r"\.sql: .*a circle: (\w+ <- ){3}\w+ ") as caught:
        load_catalog(tmp_path)
    assert "a_one <- c_three <- b_two" in caught.value.problem * 2


def test_an_input_that_nobody_makes_is_refused(write: WriteModel, tmp_path: Path):
    write("fct_orders", reads("int_nowhere"), inputs="[int_nowhere]")
    with pytest.raises(BadInput, match=r"fct_orders\.sql: input int_nowhere is neither"):
        load_catalog(tmp_path)


def test_an_audit_cannot_be_read(write: WriteModel, tmp_path: Path):
    write("audit_x", kind="audit", severity="warn")
    write("fct_orders", reads("audit_x"), inputs="[audit_x]")
    with pytest.raises(BadInput, match="input audit_x is an audit"):
        load_catalog(tmp_path)


def test_only_models_of_days_and_snapshots_read_themselves(write: WriteModel, tmp_path: Path):
    window = "\nwith final as (\n    select a from {} where a between :first_date and :last_date\n)"
    window += "\n\nselect * from final\n"
    params = "[first_date, last_date]"
    for name, kind in (("snap_a", "snapshot"), ("fct_b", "days")):
        write(name, window.format(name), kind=kind, inputs=f"[{name}]", params=params)
    assert [model.upstream for model in load_catalog(tmp_path).models] == [(), ()]
    with pytest.raises(BadInput, match="a full model cannot read itself"):
        read_model(write("fct_c", reads("fct_c"), inputs="[fct_c]"))


def test_an_empty_folder_has_no_models(tmp_path: Path):
    with pytest.raises(BadInput, match="no models"):
        load_catalog(tmp_path)


def test_the_models_of_a_room_are_those_in_its_folder(write: WriteModel, tmp_path: Path):
    write("stg_orders", folder="staging")
    write("fct_orders", reads("stg_orders"), inputs="[stg_orders]")
    assert [model.name for model in load_catalog(tmp_path).in_room("marts")] == ["fct_orders"]


def test_a_loop_reads_itself_and_what_is_made_of_it_without_being_a_circle(
    write: WriteModel, tmp_path: Path
):
    write("a_round", reads("a_round", "b_hops"), inputs=listed("a_round", "b_hops"), kind="loop")
    write("b_hops", reads("a_round"), inputs=listed("a_round"))
    catalog = load_catalog(tmp_path)
    assert [model.name for model in catalog.select(kinds=[ModelKind.LOOP])] == ["a_round"]
    assert {model.name for model in catalog.models} == {"a_round", "b_hops"}
