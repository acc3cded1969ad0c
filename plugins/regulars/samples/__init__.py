"""A made-up restaurant group whose true profit is known to the cent."""
