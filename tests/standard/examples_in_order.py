"""Examples of the patterns without time: order, content and number."""

from examples_in_time import Example

DIALOGUE = {
    "pattern": "precedence",
    "event": {"kind": "decision_made"},
    "requires": {"kind": "conversation"},
}

ORDER = [
    Example(
        "before and after",
        DIALOGUE,
        """2012-01-10 registered
           2012-01-11 decision_made
           2012-01-12 conversation
           2012-01-13 decision_made""",
        ["missed", "met"],
    ),
    Example(
        "at one instant the order of recording decides",
        DIALOGUE,
        """2012-01-10 decision_made
           2012-01-10 conversation
           2012-01-10 decision_made""",
        ["missed", "met"],
    ),
    Example(
        "what came before the registration came before the decision",
        DIALOGUE,
        """2012-01-09 conversation
           2012-01-10 registered
           2012-01-11 decision_made""",
        ["met"],
    ),
    Example(
        "an event that waives it",
        DIALOGUE | {"unless": {"kind": "contact_waived"}},
        """2012-01-10 contact_waived
           2012-01-11 decision_made""",
        ["met"],
    ),
    Example(
        "a decision after the end is not judged",
        DIALOGUE,
        """2012-01-10 registered
           2012-01-11 ended
           2012-01-12 decision_made""",
        [],
    ),
]


def content(holds, attributes):
    return {
        "pattern": "content",
        "event": {"kind": "decision_made"},
        "holds": holds,
    }, f"2012-01-10 decision_made {attributes}"


def content_example(holds, attributes, state):
    return Example(f"{holds} of {attributes} is {state}", *content(holds, attributes), [state])


CONTENT = [
    content_example(holds, attributes, state)
    for holds, attributes, state in [
        ({"x": True}, '{"x": true}', "met"),
        ({"x": True}, '{"x": 1}', "missed"),
        ({"x": True}, '{"x": "true"}', "missed"),
        ({"x": 1}, '{"x": true}', "missed"),
        ({"x": 1}, '{"x": 1.0}', "met"),
        ({"x": 1}, '{"x": "1"}', "missed"),
        ({"x": "1"}, '{"x": 1}', "missed"),
        ({"x": "a"}, '{"x": "A"}', "missed"),
        ({"x": "a"}, '{"x": ["a"]}', "missed"),
        ({"x": None}, '{"x": null}', "met"),
        ({"x": None}, "{}", "missed"),
        ({"x": False}, '{"x": null}', "missed"),
        ({"x": ["a", 4]}, '{"x": 4}', "met"),
        ({"x": ["a", 4]}, '{"x": "4"}', "missed"),
        ({"x": {"at_least": 4}}, '{"x": 4}', "met"),
        ({"x": {"at_least": 4}}, '{"x": 3.999}', "missed"),
        ({"x": {"at_least": 4}}, '{"x": "6"}', "missed"),
        ({"x": {"at_least": 0}}, '{"x": true}', "missed"),
        ({"x": {"at_least": 0}}, '{"x": null}', "missed"),
        ({"x": {"includes": ["a", "b"]}}, '{"x": ["c", "b", "a"]}', "met"),
        ({"x": {"includes": ["a", "b"]}}, '{"x": ["a"]}', "missed"),
        ({"x": {"includes": ["a"]}}, '{"x": "a"}', "missed"),
        ({"x": {"includes": [1]}}, '{"x": [true, "1"]}', "missed"),
        ({"x": {"includes": []}}, '{"x": []}', "met"),
        ({"x": {"includes": []}}, '{"x": {}}', "missed"),
        ({"x": {"present": True}}, '{"x": 0}', "met"),
        ({"x": {"present": True}}, '{"x": false}', "met"),
        ({"x": {"present": True}}, '{"x": [null]}', "met"),
        ({"x": {"present": True}}, '{"x": null}', "missed"),
        ({"x": {"present": True}}, '{"x": ""}', "missed"),
        ({"x": {"present": True}}, '{"x": []}', "missed"),
        ({"x": {"present": True}}, "{}", "missed"),
        ({"x": 1, "y": 2}, '{"x": 1, "y": 2}', "met"),
        ({"x": 1, "y": 2}, '{"x": 1, "y": 3}', "missed"),
        ({"a.b": 1}, '{"a.b": 1}', "met"),
        ({"a.b": 1}, '{"a": {"b": 1}}', "missed"),
        ({'"x"': 1}, '{"\\"x\\"": 1}', "met"),
        ({"$": 1}, '{"$": 1}', "met"),
        ({"x": "æ'"}, '{"x": "æ\'"}', "met"),
    ]
]

SHUTTLE = {
    "pattern": "absence",
    "event": {"kind": "transfer_returned"},
    "at_most": 1,
    "reset": {"kind": "transfer_escalated"},
}

NUMBER = [
    Example("a case without the event has no instance", SHUTTLE, "2012-01-10 registered", []),
    Example("one is allowed", SHUTTLE, "2012-01-10 registered\n2012-01-11 transfer_returned", ["met"]),
    Example(
        "two are one too many",
        SHUTTLE,
        """2012-01-10 registered
           2012-01-11 transfer_returned
           2012-01-12 transfer_returned""",
        ["missed"],
    ),
    Example(
        "an escalation between them starts the count again",
        SHUTTLE,
        """2012-01-10 registered
           2012-01-11 transfer_returned
           2012-01-12 09:00 transfer_escalated
           2012-01-12 09:00 transfer_returned""",
        ["met"],
    ),
    Example(
        "an escalation after them changes nothing",
        SHUTTLE,
        """2012-01-10 registered
           2012-01-11 transfer_returned
           2012-01-12 09:00 transfer_returned
           2012-01-12 09:00 transfer_escalated""",
        ["missed"],
    ),
    Example(
        "what came before the opening is not counted, but the case has the event",
        SHUTTLE,
        """2012-01-08 transfer_returned
           2012-01-09 transfer_returned
           2012-01-10 registered""",
        ["met"],
    ),
    Example(
        "an opening that is the event counts",
        SHUTTLE | {"at_most": 0},
        "2012-01-10 transfer_returned",
        ["missed"],
    ),
    Example(
        "the second after the end is not seen",
        SHUTTLE,
        """2012-01-10 transfer_returned
           2012-01-11 ended
           2012-01-12 transfer_returned""",
        ["met"],
    ),
]

CORRECTED = [
    Example(
        "a correction takes the place of what it corrects",
        DIALOGUE,
        """2012-01-10 decision_made id=d
           2012-01-11 conversation
           2012-01-12 decision_made corrects=d""",
        ["met"],
    ),
    Example(
        "a correction of the correction has it in its stead",
        DIALOGUE,
        """2012-01-10 decision_made id=d1
           2012-01-11 conversation
           2012-01-12 decision_made id=d2 corrects=d1
           2012-01-09 decision_made corrects=d2""",
        ["missed"],
    ),
    Example(
        "of two corrections the one recorded last stands, wherever it stands in the file",
        DIALOGUE,
        """2012-01-10 decision_made id=d
           2012-01-11 conversation
           2012-01-12 decision_made corrects=d recorded=2012-02-02
           2012-01-09 decision_made corrects=d recorded=2012-02-01""",
        ["met"],
    ),
    Example(
        "what is retracted is gone",
        DIALOGUE,
        """2012-01-10 conversation id=c
           2012-01-11 decision_made
           2012-01-12 retracted corrects=c""",
        ["missed"],
    ),
    Example(
        "retracting a correction does not bring back what it corrected",
        DIALOGUE,
        """2012-01-10 conversation id=c1
           2012-01-09 conversation id=c2 corrects=c1
           2012-01-11 decision_made
           2012-01-12 retracted corrects=c2""",
        ["missed"],
    ),
    Example(
        "a retraction that corrects nothing removes nothing",
        DIALOGUE,
        """2012-01-10 conversation
           2012-01-11 retracted
           2012-01-12 decision_made""",
        ["met"],
    ),
    Example(
        "an event moved past the as-of moment does not exist yet",
        DIALOGUE,
        """2012-01-10 conversation
           2012-01-11 decision_made id=d
           2013-07-01 decision_made corrects=d recorded=2012-01-12""",
        [],
    ),
]

WITHOUT_TIME = [*ORDER, *CONTENT, *NUMBER, *CORRECTED]
