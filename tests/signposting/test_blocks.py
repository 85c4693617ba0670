import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from signposting.blocks import HelplinesBlock
from tests.factories.signposting import HelplineFactory

pytestmark = pytest.mark.django_db


def value_of(**fields):
    return HelplinesBlock().to_python({"heading": "", "introduction": "", "helplines": [], "all_for": "", **fields})


def test_block_asks_for_helplines_or_an_audience():
    block = HelplinesBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value_of())
    assert list(error.value.block_errors) == ["all_for"]
    assert error.value.block_errors["all_for"].messages == [
        "Choose at least one helpline, or the audience whose helplines to show."
    ]
    assert block.clean(value_of(all_for="young"))["all_for"] == "young"
    helpline = HelplineFactory()
    assert list(block.clean(value_of(helplines=[helpline.pk]))["helplines"]) == [helpline]


def test_block_keeps_the_order_of_its_helplines():
    first, second = HelplineFactory(), HelplineFactory()
    value = value_of(helplines=[second.pk, first.pk])
    assert value.chosen_pks == [second.pk, first.pk]


@pytest.mark.parametrize("count", [1, 5])
def test_block_takes_one_query_for_the_version_and_none_for_its_choice(count, rf, django_assert_num_queries):
    keys = [HelplineFactory(name=f"Talk {number}").pk for number in range(count)]
    request = rf.get("/")
    block = HelplinesBlock()
    block.render(value_of(all_for="young"), context={"request": rf.get("/")})
    with django_assert_num_queries(1):
        html = block.render(value_of(helplines=keys), context={"request": request})
    assert html.count('href="tel:08081570123"') == count


def test_block_with_nothing_left_to_show_is_silent(rf):
    helpline = HelplineFactory()
    value = value_of(heading="Talk to someone", helplines=[helpline.pk])
    helpline.unpublish()
    assert HelplinesBlock().render(value, context={"request": rf.get("/")}).strip() == ""
