"""Buttons and forms: pressing, choosing, filling in, sending and cancelling."""

from typing import Any

from playground import blocks as block_kit
from playground import events_elements as fields
from playground import events_payloads as payloads
from playground.events_base import ActsBase
from playground.events_elements import NotThereError
from playground.events_reply import Reply
from playground.workspace import Doc
from playground.workspace.views import MOST_VIEWS


class Pressing(ActsBase):
    async def click(
        self,
        user: str,
        *,
        action_id: str,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        selected: Any = None,
        state: Doc | None = None,
        anyway: bool = False,
    ) -> Reply:
        """Press a button or choose from a list. With neither message nor view it stands on the Home tab.

        `anyway` presses what is not drawn, as a forged payload would.
        """
        where, blocks = self._where(user, channel, ts, view_id)
        try:
            block, element = fields.find(blocks, action_id, block_id)
        except NotThereError:
            if not anyway:
                raise
            block = {"block_id": block_id or "forged"}
            element = {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "forged"}}
        values = fields.starting_state(blocks, state or where.get("view", {}).get("state", {}).get("values"))
        done = fields.action(block, element, value=value, selected=selected, action_ts=self.workspace.next_ts())
        if block.get("block_id") in values and element.get("action_id") in values[block["block_id"]]:
            values[block["block_id"]][element["action_id"]] = fields.filled(
                element, value if selected is None else selected
            )
        payload = payloads.envelope(self.workspace, user, "block_actions", **where)
        payload |= {"trigger_id": self.workspace.new_trigger(user), "actions": [done], "state": {"values": values}}
        if "view" in where:
            self.workspace.keep_state(where["view"]["id"], values)
            payload["view"] = {**where["view"], "state": {"values": values}}
        else:
            payload["response_url"] = self._response_url(user, "actions", where)
        self._did(user, f"pressed {action_id}", channel=channel, ts=ts, value=value)
        return await self._ask("interactive", payload)

    async def submit(self, user: str, view_id: str, values: Doc | None = None, *, anyway: bool = False) -> Reply:
        """Send a form. `values` is {block_id: {action_id: state or plain value}} over what it started with.

        Slack's client holds back a form with a required field left empty; `anyway` sends it all the same.
        """
        owner, view = self.workspace.view(view_id)
        if owner != user and not anyway:
            raise NotThereError("the form is somebody else's")
        if view.get("submit") is None and not anyway:
            raise NotThereError("the form has nothing to submit")
        state = self._filled_in(view, values or {})
        if not anyway and (errors := fields.missing(view["blocks"], state)):
            return Reply(errors=errors, sent=False)
        self.workspace.keep_state(view_id, state)
        payload = payloads.envelope(self.workspace, user, "view_submission", response_urls=[])
        payload |= {"trigger_id": self.workspace.new_trigger(user), "view": {**view, "state": {"values": state}}}
        self._did(user, f"sent {view['callback_id'] or 'a form'}")
        reply = await self._ask("interactive", payload)
        if reply.status is not None and not reply.problems:
            self._apply(user, view_id, reply)
        return reply

    async def close(self, user: str, view_id: str, *, all_views: bool = False) -> Reply:
        """Cancel one form, or with `all_views` the whole stack by its x."""
        _, view = self.workspace.view(view_id)
        if all_views:
            _, view = self.workspace.view(view["root_view_id"])
            self.workspace.close_modals(user)
        else:
            self.workspace.close_modal(view_id)
        self._did(user, f"closed {view['callback_id'] or 'a form'}")
        if not view["notify_on_close"]:
            return Reply(sent=False)
        payload = payloads.envelope(self.workspace, user, "view_closed", view=view, is_cleared=all_views)
        return await self._ask("interactive", payload)

    async def suggest(
        self,
        user: str,
        *,
        action_id: str,
        text: str,
        view_id: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
        block_id: str | None = None,
    ) -> Reply:
        """Type into a list that asks the app for its choices; they are in `options`."""
        where, blocks = self._where(user, channel, ts, view_id)
        block, element = fields.find(blocks, action_id, block_id)
        if len(text) < element.get("min_query_length", 0):
            return Reply(sent=False)
        payload = payloads.envelope(self.workspace, user, "block_suggestion", **where)
        payload |= {"block_id": block["block_id"], "action_id": action_id, "value": text}
        reply = await self._ask("interactive", payload)
        if reply.ok and isinstance(reply.body, dict):
            reply.problems = block_kit.problems_with_options(reply.body)
            groups = reply.body.get("option_groups") or [{"options": reply.body.get("options", [])}]
            reply.options = [] if reply.problems else [option for group in groups for option in group["options"]]
        return reply

    def _filled_in(self, view: Doc, values: Doc) -> Doc:
        state = fields.starting_state(view["blocks"], view["state"]["values"])
        for block_id, actions in values.items():
            for action_id, given in actions.items():
                _, element = fields.find(view["blocks"], action_id, block_id)
                state[block_id][action_id] = fields.filled(element, given)
        return state

    def _apply(self, user: str, view_id: str, reply: Reply) -> None:
        """Do to the stack what the app's answer to a submission says."""
        workspace, action = self.workspace, reply.response_action
        if action is None:
            workspace.close_modal(view_id)
        elif action == "clear":
            workspace.close_modals(user)
        elif action == "errors":
            self._show_errors(view_id, reply)
        elif action in ("update", "push"):
            view = reply.body.get("view")
            reply.problems = block_kit.problems_with_view(view, "/view") if isinstance(view, dict) else ["no view"]
            if action == "push" and len(workspace.modals(user)) >= MOST_VIEWS:
                reply.problems.append("push_limit_reached")
            if reply.problems:
                return
            if action == "update":
                workspace.update_view(view_id, view)
            else:
                workspace.push_modal(user, view)
        else:
            reply.problems = [f"unknown response_action {action}"]

    def _show_errors(self, view_id: str, reply: Reply) -> None:
        """Errors belong under input blocks; Slack drops the whole answer when one names anything else."""
        _, view = self.workspace.view(view_id)
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        errors = reply.body.get("errors")
        if not isinstance(errors, dict) or not errors:
            reply.problems = ["errors must name at least one input block"]
            return
        reply.errors = {str(block_id): str(text) for block_id, text in errors.items()}
        reply.problems = [f"no input block is called {block_id}" for block_id in reply.errors if block_id not in inputs]
