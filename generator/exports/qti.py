"""The questions of a lesson as QTI 1.2, in a package that learning platforms import."""

from __future__ import annotations

import datetime
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.exports.package import archive_of
from generator.quiz import ClosedItem, Item, NumberItem, OpenItem, OrderItem, Quiz

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
KINDS = {
    ClosedItem: "multiple_choice_question",
    NumberItem: "numerical_question",
    OrderItem: "matching_question",
    OpenItem: "essay_question",
}


def as_qti(quiz: Quiz, day: datetime.date) -> bytes:
    """A ZIP archive of the manifest and the assessment that it names."""
    return archive_of({"imsmanifest.xml": _manifest(quiz), f"{quiz.id}.xml": _assessment(quiz)}, day)


def _write(root: Element) -> bytes:
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _manifest(quiz: Quiz) -> bytes:
    root = Element("manifest", identifier=f"lesson-{quiz.id}", xmlns=PACKAGE)
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    resource = SubElement(
        resources, "resource", identifier=f"quiz-{quiz.id}", type="imsqti_xmlv1p2", href=f"{quiz.id}.xml"
    )
    SubElement(resource, "file", href=f"{quiz.id}.xml")
    return _write(root)


def _assessment(quiz: Quiz) -> bytes:
    root = Element("questestinterop", xmlns=QTI)
    assessment = SubElement(root, "assessment", ident=f"quiz-{quiz.id}", title=quiz.title)
    section = SubElement(assessment, "section", ident="root_section")
    for item in quiz.items:
        section.append(_item(quiz, item))
    return _write(root)


def _item(quiz: Quiz, item: Item) -> Element:
    root = Element("item", ident=f"{quiz.id}-{item.id}", title=item.id)
    fields = SubElement(SubElement(root, "itemmetadata"), "qtimetadata")
    for label, entry in (("question_type", KINDS[type(item)]), ("points_possible", "1")):
        field = SubElement(fields, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry
    presentation = SubElement(root, "presentation")
    _material(presentation, item.question)
    processing = SubElement(root, "resprocessing")
    outcomes = SubElement(processing, "outcomes")
    SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    if isinstance(item, ClosedItem):
        _fill_closed(root, presentation, processing, item)
    elif isinstance(item, NumberItem):
        _fill_number(root, presentation, processing, item)
    elif isinstance(item, OrderItem):
        _fill_order(root, presentation, processing, item)
    else:
        response = SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
        SubElement(SubElement(response, "render_fib"), "response_label", ident="answer1", rshuffle="No")
        _feedback(root, "general_fb", item.answer)
    return root


def _fill_closed(root: Element, presentation: Element, processing: Element, item: ClosedItem) -> None:
    response = SubElement(presentation, "response_lid", ident="response1", rcardinality="Single")
    choices = SubElement(response, "render_choice")
    for number, choice in enumerate(item.choices, 1):
        label = SubElement(choices, "response_label", ident=f"choice{number}")
        _material(label, choice.text)
    for number, choice in enumerate(item.choices, 1):
        condition = SubElement(processing, "respcondition", {"continue": "Yes"})
        _equal(condition, "response1", f"choice{number}")
        if choice.is_right:
            SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"
        SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"choice{number}_fb")
    for number, choice in enumerate(item.choices, 1):
        _feedback(root, f"choice{number}_fb", choice.feedback)


def _fill_number(root: Element, presentation: Element, processing: Element, item: NumberItem) -> None:
    response = SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    blank = SubElement(response, "render_fib", fibtype="Decimal")
    SubElement(blank, "response_label", ident="answer1")
    condition = SubElement(processing, "respcondition", {"continue": "No"})
    either = SubElement(SubElement(condition, "conditionvar"), "or")
    SubElement(either, "varequal", respident="response1").text = item.answer
    within = SubElement(either, "and")
    answer, tolerance = Decimal(item.answer), Decimal(item.tolerance)
    SubElement(within, "vargte", respident="response1").text = f"{answer - tolerance:f}"
    SubElement(within, "varlte", respident="response1").text = f"{answer + tolerance:f}"
    SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid="correct_fb")
    _feedback(root, "correct_fb", item.feedback)
    _feedback(root, "general_fb", item.feedback)


def _fill_order(root: Element, presentation: Element, processing: Element, item: OrderItem) -> None:
    places = range(1, len(item.things) + 1)
    for place in item.shuffled:
        response = SubElement(presentation, "response_lid", ident=f"thing{place + 1}", rcardinality="Single")
        _material(response, item.things[place])
        choices = SubElement(response, "render_choice")
        for number in places:
            _material(SubElement(choices, "response_label", ident=f"place{number}"), str(number))
    for number in places:
        condition = SubElement(processing, "respcondition", {"continue": "Yes"})
        _equal(condition, f"thing{number}", f"place{number}")
        SubElement(condition, "setvar", action="Add", varname="SCORE").text = f"{100 / len(item.things):.2f}"
    _feedback(root, "general_fb", item.feedback)


def _equal(condition: Element, response: str, value: str) -> None:
    SubElement(SubElement(condition, "conditionvar"), "varequal", respident=response).text = value


def _feedback(root: Element, ident: str, text: str) -> None:
    feedback = SubElement(root, "itemfeedback", ident=ident)
    _material(SubElement(feedback, "flow_mat"), text)


def _material(parent: Element, text: str) -> None:
    material = SubElement(parent, "material")
    SubElement(material, "mattext", texttype="text/plain").text = text
