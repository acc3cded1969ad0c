"""What leaves the house and where to: profiles of tools, the breaker, deliveries and notices."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from regulars.policy.sections import Positive, Section, Slug

Profile = Literal[
    "klaviyo", "mailchimp", "braze", "hubspot", "google_customer_match", "meta", "wecom_tags",
    "sms_cn",
]  # fmt: skip
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
UNSUBSCRIBE_WORDS = ("退订", "拒收")
SMS_VARIABLES = ("${offer_amount}", "${valid_until}")


class BreakerPolicy(Section):
    """How much a list may change against the one delivered last before a person must look at it.

    Sizes count who rests after a contact too: he is off the list for a few days by rule. Below
    `min_rows` customers, before and after, nothing is compared. `hold_when_source_missing`: a
    source that should have brought its orders of the day and did not holds every list.
    """

    min_rows: Positive = 20
    max_growth_ratio: Annotated[float, Field(gt=1)] = 2.0
    max_shrink_share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    max_removed_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    hold_when_source_missing: bool = True


class SmsPolicy(Section):
    """The registered template of a Chinese text message: its sign, its code and its words.

    The words stand here to be checked, not to be sent: the carrier holds the template. It must
    say how to unsubscribe, and may have no variables but the offer and the last day.
    """

    sign_name: Annotated[str, Field(pattern=r"^[\w()（）·-]{2,24}$")]
    template_code: Code
    template_text: Annotated[str, Field(min_length=4, max_length=500)]

    @model_validator(mode="after")
    def _says_how_to_leave(self) -> Self:
        if not any(word in self.template_text for word in UNSUBSCRIBE_WORDS):
            raise ValueError("template_text must say how to unsubscribe, for example 拒收请回复R")
        plain = self.template_text
        for variable in SMS_VARIABLES:
            plain = plain.replace(variable, "")
        if "$" in plain or "{" in plain:
            raise ValueError(f"template_text may have no variables but {', '.join(SMS_VARIABLES)}")
        return self


class WecomPolicy(Section):
    """Tags of 企业微信: the tag id of each list's audience, and who looks after each store.

    `userids` are the members of staff by store; `default_userid` stands for all other stores.
    """

    tags: dict[Literal["A01", "A02", "A03"], Code]
    default_userid: Code
    userids: dict[str, Code] = {}


class ExportPolicy(Section):
    """Which tools get files of their own, and how long files with personal data stay.

    With `only_chosen_channel` a tool gets those whose action says its channel: a customer is then
    written to by one tool. Without it, everybody who agreed to the channel.
    """

    profiles: tuple[Profile, ...] = ()
    only_chosen_channel: bool = True
    keep_profile_days: Positive = 30
    breaker: BreakerPolicy = BreakerPolicy()
    sms_cn: SmsPolicy | None = None
    wecom_tags: WecomPolicy | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if len(set(self.profiles)) < len(self.profiles):
            raise ValueError("profiles names a tool twice")
        for name in ("sms_cn", "wecom_tags"):
            if name in self.profiles and getattr(self, name) is None:
                raise ValueError(f"profile {name} needs the section exports.{name}")
        return self


class DeliveryPolicy(Section):
    """A place that the day's files are sent to.

    `to` is a folder (relative ones lie in REGULARS_HOME), or `s3://…`, `sftp://…`; `connection`
    names the connection that opens it. The secret itself is in the environment or in Airflow.
    """

    name: Slug
    to: Annotated[str, Field(min_length=1)]
    connection: Slug | None = None
    what: tuple[Literal["lists", "profiles"], ...] = ("lists",)

    @model_validator(mode="after")
    def _keeps_secrets_out(self) -> Self:
        if "@" in self.to:
            raise ValueError("`to` may hold no user or password: name a connection instead")
        if not self.what or len(set(self.what)) < len(self.what):
            raise ValueError("`what` names lists, profiles or both, each once")
        return self

    @property
    def folder(self) -> str:
        """The place as sources call theirs."""
        return self.to

    @property
    def is_elsewhere(self) -> bool:
        """Whether the place is a URL, not a folder of this machine."""
        return "://" in self.to


class NoticePolicy(Section):
    """Who is told, with counts only, that lists were delivered or held.

    `connection` names the secret that holds the address of the channel, in Apprise's notation:
    `REGULARS_CONNECTION_<NAME>=lark://…`, `dingtalk://…`, `wecombot://…`, `mailtos://…`.
    """

    name: Slug
    connection: Slug
