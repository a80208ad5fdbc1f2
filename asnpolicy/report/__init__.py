"""What people read: pages of the rules, notices."""
