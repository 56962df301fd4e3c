"""Uploads in three steps, as files_upload_v2 makes them."""

import aiohttp

from tests.playground.refusals import error_of


async def test_a_file_is_uploaded_shared_and_read_again(client, slack, workspace, general):
    calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    answer = await client.files_upload_v2(
        channel=general, content=calendar, filename="meeting.ics", title="Ada and Grace", initial_comment="Agreed."
    )
    file = answer["file"]
    (message,) = workspace.history(general)
    assert (
        message["text"] == "Agreed." and message["files"][0]["id"] == file["id"] and file["mimetype"] == "text/calendar"
    )
    async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as response:
        assert await response.text() == calendar
        assert response.headers["content-disposition"] == "attachment"
    assert (await client.files_info(file=file["id"]))["file"]["channels"] == [general]


async def test_bytes_that_do_not_match_are_refused(client, slack):
    step = await client.files_getUploadURLExternal(filename="a.png", length=3)
    async with aiohttp.ClientSession() as session, session.post(step["upload_url"], data=b"four") as response:
        assert response.status == 400
    unfinished = client.files_completeUploadExternal(files=[{"id": step["file_id"], "title": "a"}])
    assert await error_of(unfinished) == "file_not_found"


async def test_a_file_goes_only_where_the_bot_is(client, workspace, ada):
    elsewhere = workspace.add_channel("elsewhere", creator=ada)
    step = await client.files_getUploadURLExternal(filename="a.png", length=1)
    async with aiohttp.ClientSession() as session, session.post(step["upload_url"], data=b"x") as response:
        assert await response.text() == "OK - 1"
    files = [{"id": step["file_id"], "title": "a"}]
    assert await error_of(client.files_completeUploadExternal(files=files, channel_id=elsewhere)) == "not_in_channel"
