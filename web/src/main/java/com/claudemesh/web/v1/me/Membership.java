package com.claudemesh.web.v1.me;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshListing;
import com.claudemesh.topic.TopicCaller;
import java.util.Map;

/** A mesh of the person, and the member as which it sees the mesh. */
record Membership(MeshListing mesh, MemberView member) {

    TopicCaller caller() {
        return new TopicCaller(mesh.meshId(), member.memberId());
    }

    void describe(Map<String, Object> body) {
        body.put("meshId", mesh.meshId());
        body.put("meshSlug", mesh.slug());
        body.put("meshName", mesh.name());
    }
}
