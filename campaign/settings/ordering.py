"""How long, how many and how often: orders of printed resources (docs/ordering.md)."""

ORDER_CONFIRM_HOURS = 48  # then one that nobody confirmed lapses
ORDER_PARCEL_DAYS = 3  # working days that a parcel is on its way
ORDER_DATA_DAYS = 30  # after it was closed, whom it was for is erased
ORDER_ASK_DAYS = 21  # after it was sent, they are asked what became of it
ORDER_FORGOTTEN_DAYS = 180  # without an event, an open one is ended
STOCK_RATE_DAYS = 7  # a forecast goes on as these did
STOCK_ALERT_DAYS = 180  # an address that waits for stock is kept for no longer
ORDERS_OF_ONE_MAILBOX = 5  # confirmed ones, within ORDER_DATA_DAYS
ORDERS_UNCONFIRMED_OF_ONE_MAILBOX = 3  # that wait to be confirmed at one time
ORDERS_TRIED_OF_ONE_MAILBOX = 6  # never confirmed, cancelled ones too, within ORDER_CONFIRM_HOURS
ORDERS_TO_ONE_POSTCODE = 10  # confirmed ones, within ORDER_DATA_DAYS
STOCK_ALERTS_TO_ONE_MAILBOX = 5  # items that one mailbox waits for
STOCK_ALERTS_IN_AN_HOUR = 10  # addresses left from one network address
ORDERS_IN_AN_HOUR = 10  # placed from one network address
ORDER_FORM_SECONDS = 3  # nobody fills in the form faster
# Which header holds the visitor's address, for that limit; "REMOTE_ADDR" where nothing stands in front, "" for none.
VISITOR_ADDRESS_HEADER = "REMOTE_ADDR"
