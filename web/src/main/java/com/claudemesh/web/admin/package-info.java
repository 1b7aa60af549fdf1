/**
 * {@code /api/admin/…}: what administrators of the server see of its accounts and meshes, and do with accounts.
 *
 * <p>Promise: nothing here opens a mesh. An administrator of the server sees who is in which mesh and what was recorded, but
 * gets no root key, no invitation that lets it in, and no content of messages.
 */
@NullMarked
package com.claudemesh.web.admin;

import org.jspecify.annotations.NullMarked;
