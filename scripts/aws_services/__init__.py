"""The parts of scripts/renew-aws-services.py."""
