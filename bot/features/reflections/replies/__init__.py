"""Replies: what somebody writes in the thread under a question is an entry of their journal."""
