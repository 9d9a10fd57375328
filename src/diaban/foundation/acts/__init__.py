"""What an act is: who acts, what may be acted on, and the promises (revision, idempotency) every act keeps."""
