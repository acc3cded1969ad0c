"""E-mail addresses: lower case, or the reason why an address is nobody's own."""

from collections.abc import Set

from email_validator import EmailNotValidError, validate_email

from regulars.domain.identifiers import Unusable, is_word_for_nobody


def read_email(text: str, shared_mailboxes: Set[str]) -> tuple[str | None, Unusable | None]:
    """The address in lower case, or why it identifies nobody. No name server is asked."""
    if "*" in text:
        return None, Unusable.MASKED
    try:
        address = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None, Unusable.NOT_AN_EMAIL
    mailbox = address.local_part.lower().partition("+")[0]
    if is_word_for_nobody(mailbox):
        return None, Unusable.PLACEHOLDER
    if mailbox in shared_mailboxes:
        return None, Unusable.SHARED_MAILBOX
    return address.normalized.lower(), None
