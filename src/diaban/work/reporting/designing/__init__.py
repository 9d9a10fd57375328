"""Forms designed by those who keep the registers: drafts as plain records, checked as a whole, published as versions."""
