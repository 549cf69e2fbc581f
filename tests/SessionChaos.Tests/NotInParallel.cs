// Every test here keeps the machine busy by itself, and some are held to seconds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
