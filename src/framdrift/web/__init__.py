"""The pages, by audience. Rooms of an audience never import each other; what two of them show is built beneath them."""
