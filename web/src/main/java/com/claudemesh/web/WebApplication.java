package com.claudemesh.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources live at the root of the server's origin, as clients expect. */
@ApplicationPath("/")
public class WebApplication extends Application {}
