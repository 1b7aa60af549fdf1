/**
 * {@code /api/v1/me}: what a person sees across its meshes (http §5.6).
 *
 * <p>Promise: covers the live meshes in which the account of the key's issuer has a member, each seen as that member, and
 * nothing else. A key that is for some topics only has no such view.
 */
@NullMarked
package com.claudemesh.web.v1.me;

import org.jspecify.annotations.NullMarked;
