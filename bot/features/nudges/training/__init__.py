"""The mentors' training: six short steps, at the person's own pace."""
