package com.claudemesh.bench.raw;

import picocli.CommandLine.Command;

@Command(
        name = "raw",
        description = "Load without encryption, by a client that costs next to nothing.",
        subcommands = {DirectCommand.class, FanoutCommand.class, TopicCommand.class, IdleCommand.class})
public final class RawCommand {}
