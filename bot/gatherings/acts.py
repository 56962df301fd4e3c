"""The buttons and forms of gatherings, by the names under which Slack sends them back."""

COME = "gatherings.come"
CANNOT = "gatherings.cannot"
CHANGE = "gatherings.change_mind"
OPEN = "gatherings.open"
JOIN = "gatherings.join_call"  # opens the call in a browser; Slack tells us all the same
THERE = "gatherings.was_there"
NOT_THERE = "gatherings.was_not_there"

EDIT, EDIT_FORM = "gatherings.edit", "gatherings.save"
MOVE, MOVE_FORM = "gatherings.move", "gatherings.save_move"
CALL_OFF = "gatherings.call_off"
INVITE, INVITE_FORM = "gatherings.invite", "gatherings.send_invitations"
COHOST, COHOST_FORM = "gatherings.cohost", "gatherings.save_cohost"
RECORDING, RECORDING_FORM = "gatherings.recording", "gatherings.save_recording"
