package com.claudemesh.cli;

/**
 * A command that can be called as it was made when nothing follows its name: it requires nothing, and every option's default
 * is the value of its field. To read the options by their annotations takes longer than to ask a server.
 */
public interface RunsBare {}
