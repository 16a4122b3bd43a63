"""What stands in a clinic's rack besides leaflets: cards with crisis numbers, and posters of what there is to take."""
