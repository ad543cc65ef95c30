"""The AWS account and region that everything emulated here says it belongs to."""

ACCOUNT_ID = "123456789012"
"""The account id that AWS's own examples use. Events, ARNs and contexts hold it."""

REGION = "us-east-1"
"""The region of a function's ARN, and of a function whose environment names none."""
