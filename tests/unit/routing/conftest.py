from hypothesis import settings

# A first example imports and caches what later ones find ready: no deadline for one.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
