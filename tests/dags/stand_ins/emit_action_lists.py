from functools import partial

from regulars.steps import take_note

decide_actions = partial(take_note, "decide_actions")
export_lists = partial(take_note, "export_lists")
