"""files.*: an upload in three steps, and what is known of a file afterwards."""

import mimetypes

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from playground.web_api.call import Call, SlackError, methods
from playground.web_api.places import writable_channel
from playground.workspace import Doc, Workspace

_LONGEST_ALT_TEXT = 1_000
_MOST_CHANNELS = 100


@methods.add("files.getUploadURLExternal", "files:write")
def upload_url(call: Call) -> Doc:
    filename = call.text("filename")
    try:
        length = int(call.text("length"))
    except ValueError:
        raise SlackError("invalid_arguments", ["[ERROR] length must be a number"]) from None
    if length <= 0:
        raise SlackError("invalid_arguments", ["[ERROR] length must be more than 0"])
    alt_text = call.text("alt_txt", required=False)
    if len(alt_text) > _LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = call.workspace.reserve_file(call.user, filename, length, alt_txt=alt_text)
    return {"upload_url": f"{call.base_url}/upload/{file['id']}", "file_id": file["id"]}


@methods.add("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Doc:
    asked = call.structure("files", list, "invalid_arguments")
    if not asked:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: files"])
    files = [_received(call, one) for one in asked]
    channels = [one for one in (call.text("channels", required=False)).split(",") if one]
    if channel_id := call.text("channel_id", required=False):
        channels = [channel_id]
    if len(channels) > _MOST_CHANNELS:
        raise SlackError("invalid_channel")
    thread_ts = call.text("thread_ts", required=False) or None
    for channel in [writable_channel(call, one) for one in channels]:
        if thread_ts and call.workspace.message(channel, thread_ts) is None:
            raise SlackError("thread_not_found")
        _share(call, files, channel, thread_ts)
    for file in files:
        call.workspace.keep_file(file)
    return {"files": files}


@methods.add("files.info", "files:read")
def file_info(call: Call) -> Doc:
    file = call.workspace.file(call.text("file"))
    if file is None or file["state"] != "shared":
        raise SlackError("file_not_found")
    return {"file": file}


def _received(call: Call, asked: object) -> Doc:
    file = call.workspace.file(str(asked.get("id"))) if isinstance(asked, dict) else None
    if file is None or file["user"] != call.user:
        raise SlackError("file_not_found")
    if file["state"] != "received":
        raise SlackError("file_update_failed" if file["state"] == "shared" else "file_not_found")
    name = file["name"]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    link = f"{call.base_url}/files/{file['id']}/{name}"
    title = asked.get("title") if isinstance(asked, dict) else None
    shape = {"mimetype": kind, "filetype": name.rpartition(".")[2], "url_private": link, "url_private_download": link}
    return file | shape | {"title": title or name, "permalink": link, "state": "shared", "mode": "hosted"}


def _share(call: Call, files: list[Doc], channel: str, thread_ts: str | None) -> None:
    places = {"im": "ims", "mpim": "groups", "group": "groups", "channel": "channels"}
    for file in files:
        file[places[call.workspace.channel_type(channel)]].append(channel)
    call.workspace.post_message(
        channel,
        call.user,
        call.text("initial_comment", required=False),
        thread_ts=thread_ts,
        subtype="file_share",
        files=files,
        upload=True,
        bot_id=call.workspace.fact("bot_id"),
        app_id=call.workspace.fact("app_id"),
    )


class FileDoors:
    """Where the bytes come in, and where they are read again."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        self.workspaces = workspaces

    async def receive(self, request: Request) -> Response:
        content, file_id = await request.body(), request.path_params["file_id"]
        for workspace in self.workspaces:
            if workspace.receive_file(file_id, content):
                return PlainTextResponse(f"OK - {len(content)}")
        return PlainTextResponse("the file is not expected, or not of the length that was announced", 400)

    async def read(self, request: Request) -> Response:
        file_id = request.path_params["file_id"]
        for workspace in self.workspaces:
            file, content = workspace.file(file_id), workspace.file_content(file_id)
            if file is not None and content is not None:
                kind = file.get("mimetype", "application/octet-stream")
                # Bytes from the app are shown, never run: an image may be inline, anything else is a download.
                shown = "inline" if kind.startswith("image/") and "svg" not in kind else "attachment"
                headers = {"content-disposition": shown, "x-content-type-options": "nosniff"}
                return Response(content, media_type=kind, headers=headers)
        return PlainTextResponse("no such file", 404)
