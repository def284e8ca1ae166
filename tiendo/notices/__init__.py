"""Messages to people: inbox, e-mail, digest and webhook, and what became of each.

Not here: what the messages are about. Higher rooms say it inside the transaction of their act (`actions.notify`); for
this room `about` is a text such as "reporting.duty:12".
"""
