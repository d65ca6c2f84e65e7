"""What has changed since the last time, and what needs attention?"""
