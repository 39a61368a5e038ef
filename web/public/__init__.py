"""The pages that customers see: the chat and the survey."""
