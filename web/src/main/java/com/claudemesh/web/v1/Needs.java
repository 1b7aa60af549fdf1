package com.claudemesh.web.v1;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which capabilities a key needs for a resource method; none for a method that every live key may call. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    ApiKeyCapability[] value();
}
