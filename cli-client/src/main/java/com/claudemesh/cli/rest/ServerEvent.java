package com.claudemesh.cli.rest;

/**
 * One server-sent event (HTML standard, section 9.2).
 *
 * @param type {@code message} when the server named none
 * @param data lines joined by line feeds
 * @param id empty when the event had none of its own
 */
public record ServerEvent(String type, String data, String id) {}
