"""What an officer does to one order. Each view parses a form and calls one service."""

from django.utils.translation import gettext_lazy

from ordering.enums import OrderAction
from ordering.models import Order
from ordering.order_forms import ApproveForm, DispatchForm, GrantForm, NoteForm, OrderForm, ReasonForm, ReturnForm
from ordering.services import fulfilling
from ordering.views.acting import OrderActionView


class ApproveView(OrderActionView):
    """Approve, with as many of each line as can be had."""

    action = OrderAction.APPROVE
    link_label = gettext_lazy("Approve")
    button_label = gettext_lazy("Approve with these quantities")
    explanation = gettext_lazy(
        "What was asked for above a limit isn't promised yet: grant it here, or leave it. They are told by e-mail."
    )
    done = gettext_lazy("Order %(reference)s is approved. The orderer is told by e-mail.")
    form_class = ApproveForm

    def call(self, form: ApproveForm, **common) -> Order:
        """Approve."""
        return fulfilling.order_approve(**common, granted=form.units())


class GrantView(OrderActionView):
    """Change what is granted."""

    action = OrderAction.GRANT
    link_label = gettext_lazy("Grant less or more")
    button_label = gettext_lazy("Change the quantities")
    explanation = gettext_lazy("At most what was asked for. What you take away is free for others at once.")
    done = gettext_lazy("The quantities of order %(reference)s were changed. The orderer is told by e-mail.")
    form_class = GrantForm

    def call(self, form: GrantForm, **common) -> Order:
        """Grant."""
        return fulfilling.order_grant(**common, granted=form.units(), reason=form.cleaned_data["reason"])


class RejectView(OrderActionView):
    """Refuse the order."""

    action = OrderAction.REJECT
    link_label = gettext_lazy("Refuse")
    button_label = gettext_lazy("Refuse this order")
    explanation = gettext_lazy("Nothing is sent, and what was promised is free for others. This can't be undone.")
    done = gettext_lazy("Order %(reference)s is refused. The orderer is told by e-mail.")
    is_serious = True
    form_class = ReasonForm

    def call(self, form: ReasonForm, **common) -> Order:
        """Refuse."""
        return fulfilling.order_reject(**common, reason=form.cleaned_data["reason"])


class PackView(OrderActionView):
    """Say that it is packed."""

    action = OrderAction.PACK
    link_label = gettext_lazy("Pack")
    button_label = gettext_lazy("It is packed")
    explanation = gettext_lazy("From now on the orderer can't cancel it. They are told by e-mail.")
    done = gettext_lazy("Order %(reference)s is packed.")

    def call(self, form: OrderForm, **common) -> Order:
        """Pack."""
        return fulfilling.order_pack(**common)


class UnpackView(OrderActionView):
    """Take it out of the parcel again."""

    action = OrderAction.UNPACK
    link_label = gettext_lazy("Unpack")
    button_label = gettext_lazy("It is unpacked")
    explanation = gettext_lazy(
        "Then quantities can be changed, and the orderer can cancel it. They are told by e-mail."
    )
    done = gettext_lazy("Order %(reference)s is unpacked.")

    def call(self, form: OrderForm, **common) -> Order:
        """Unpack."""
        return fulfilling.order_unpack(**common)


class DispatchView(OrderActionView):
    """Send all or part of it."""

    action = OrderAction.DISPATCH
    link_label = gettext_lazy("Send, all or part")
    button_label = gettext_lazy("It has left")
    explanation = gettext_lazy(
        "These units leave the shelf now. What you don't send waits. They are told by e-mail. "
        "The order then has a slip of this parcel to print."
    )
    done = gettext_lazy("Order %(reference)s is on its way. The orderer is told by e-mail.")
    form_class = DispatchForm

    def call(self, form: DispatchForm, **common) -> Order:
        """Send."""
        return fulfilling.order_dispatch(**common, sent=form.units(), carrier=form.cleaned_data["carrier"])


class CloseView(OrderActionView):
    """Send no more."""

    action = OrderAction.CLOSE
    link_label = gettext_lazy("Send no more")
    button_label = gettext_lazy("Send no more of this order")
    explanation = gettext_lazy("What was promised and not sent is free for others. This can't be undone.")
    done = gettext_lazy("Nothing more is sent of order %(reference)s. The orderer is told by e-mail.")
    is_serious = True
    form_class = ReasonForm

    def call(self, form: ReasonForm, **common) -> Order:
        """Close."""
        return fulfilling.order_close(**common, reason=form.cleaned_data["reason"])


class ReturnView(OrderActionView):
    """Put what came back on the shelf."""

    action = OrderAction.RETURN
    link_label = gettext_lazy("Came back")
    button_label = gettext_lazy("Put it on the shelf")
    explanation = gettext_lazy("For a parcel that came back. These units count as free at once; nothing more is sent.")
    done = gettext_lazy("What came back of order %(reference)s is in stock again.")
    is_serious = True
    form_class = ReturnForm

    def call(self, form: ReturnForm, **common) -> Order:
        """Take back."""
        return fulfilling.order_return(**common, returned=form.units(), reason=form.cleaned_data["reason"])


class CancelView(OrderActionView):
    """Cancel the order."""

    action = OrderAction.CANCEL
    link_label = gettext_lazy("Cancel the order")
    button_label = gettext_lazy("Cancel this order")
    explanation = gettext_lazy(
        "For an order that isn't wanted any more. What was promised is free for others. This can't be undone."
    )
    done = gettext_lazy("Order %(reference)s is cancelled. The orderer is told by e-mail.")
    is_serious = True
    form_class = ReasonForm

    def call(self, form: ReasonForm, **common) -> Order:
        """Cancel."""
        return fulfilling.order_cancel(**common, reason=form.cleaned_data["reason"])


class NoteView(OrderActionView):
    """Add words among staff."""

    action = OrderAction.NOTE
    link_label = gettext_lazy("Add a note")
    button_label = gettext_lazy("Add this note")
    done = gettext_lazy("The note stands with order %(reference)s.")
    form_class = NoteForm

    def call(self, form: NoteForm, **common) -> Order:
        """Note."""
        return fulfilling.order_note(**common, words=form.cleaned_data["words"])


ACTION_VIEWS: dict[OrderAction, type[OrderActionView]] = {
    view.action: view
    for view in (
        ApproveView,
        GrantView,
        RejectView,
        PackView,
        UnpackView,
        DispatchView,
        CloseView,
        ReturnView,
        CancelView,
        NoteView,
    )
}
