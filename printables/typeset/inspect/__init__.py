"""What the finished PDF must satisfy."""
