"""Every operation of the API: its address by name, its method, how it is asked, and the status for each persona."""

from diaban.faces.api.tests.operations import difficulties, directives, meetings, reporting
from diaban.faces.api.tests.operations.asking import Operations

OPERATIONS: Operations = {
    **reporting.OPERATIONS,
    **difficulties.OPERATIONS,
    **directives.OPERATIONS,
    **meetings.OPERATIONS,
}
