-- What must never be, whatever was killed and whenever: one row for each violation, none in a sound database.
SELECT 'two accounts, one email address' AS violation, min(id::text) AS example FROM castellan.users WHERE deleted_at IS NULL AND email IS NOT NULL GROUP BY realm_id, lower(email) HAVING count(*) > 1
UNION ALL
SELECT 'two accounts, one username', min(id::text) FROM castellan.users WHERE deleted_at IS NULL AND username IS NOT NULL GROUP BY realm_id, lower(username) HAVING count(*) > 1
UNION ALL
SELECT 'two accounts, one phone number', min(id::text) FROM castellan.users WHERE deleted_at IS NULL AND phone_number IS NOT NULL GROUP BY realm_id, phone_number HAVING count(*) > 1
UNION ALL
SELECT 'account without any identifier', id::text FROM castellan.users WHERE deleted_at IS NULL AND email IS NULL AND username IS NULL AND phone_number IS NULL
UNION ALL
SELECT 'comparison key of another address', id::text FROM castellan.users WHERE email IS NOT NULL AND email_key IS DISTINCT FROM lower(email)
UNION ALL
SELECT 'living session of a deleted account', f.id::text FROM castellan.session_families f JOIN castellan.users u ON u.id = f.user_id WHERE f.revoked_at IS NULL AND u.deleted_at IS NOT NULL
UNION ALL
SELECT 'living session of an older token version', f.id::text FROM castellan.session_families f JOIN castellan.users u ON u.id = f.user_id WHERE f.revoked_at IS NULL AND f.token_version <> u.token_version
UNION ALL
SELECT 'session family without a session', f.id::text FROM castellan.session_families f WHERE NOT EXISTS (SELECT 1 FROM castellan.sessions s WHERE s.family_id = f.id)
UNION ALL
SELECT 'family with more than one usable refresh token', family_id::text FROM castellan.sessions WHERE replaced_by IS NULL GROUP BY family_id HAVING count(*) > 1
UNION ALL
SELECT 'successor that does not exist', s.id::text FROM castellan.sessions s WHERE s.replaced_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM castellan.sessions n WHERE n.id = s.replaced_by AND n.family_id = s.family_id)
UNION ALL
SELECT 'session of another user than its family', s.id::text FROM castellan.sessions s JOIN castellan.session_families f ON f.id = s.family_id WHERE f.user_id <> s.user_id
UNION ALL
SELECT 'secret used but not marked, or marked but not used', id::text FROM castellan.tokens WHERE used <> (used_at IS NOT NULL)
UNION ALL
SELECT 'unused secret of a deleted account', t.id::text FROM castellan.tokens t JOIN castellan.users u ON u.id = t.user_id WHERE NOT t.used AND u.deleted_at IS NOT NULL
UNION ALL
SELECT 'impersonation that outlives the session of its administrator', f.id::text FROM castellan.session_families f LEFT JOIN castellan.session_families own ON own.id = f.impersonator_session_id WHERE f.impersonator_id IS NOT NULL AND f.revoked_at IS NULL AND (own.id IS NULL OR own.revoked_at IS NOT NULL OR own.user_id <> f.impersonator_id OR own.expires_at < f.expires_at)
UNION ALL
SELECT 'super admin who is impersonated', f.id::text FROM castellan.session_families f JOIN castellan.users u ON u.id = f.user_id WHERE f.impersonator_id IS NOT NULL AND f.revoked_at IS NULL AND u.is_super_admin
UNION ALL
SELECT 'audit record in a batch that no checkpoint seals', l.id::text FROM castellan.audit_logs l LEFT JOIN castellan.audit_checkpoints c ON c.id = l.batch_id AND c.retention = l.retention WHERE l.batch_id IS NOT NULL AND c.id IS NULL
UNION ALL
SELECT 'audit batch with another count than its seal', c.id::text FROM castellan.audit_checkpoints c WHERE c.dropped_at IS NULL AND c.count <> (SELECT count(*) FROM castellan.audit_logs l WHERE l.batch_id = c.id)
UNION ALL
SELECT 'audit record of a batch that was dropped', l.id::text FROM castellan.audit_logs l JOIN castellan.audit_checkpoints c ON c.id = l.batch_id WHERE c.dropped_at IS NOT NULL
UNION ALL
SELECT 'role of one organization assigned in another', a.id::text FROM castellan.role_assignments a JOIN castellan.roles r ON r.id = a.role_id WHERE r.organization_id IS NOT NULL AND r.organization_id IS DISTINCT FROM a.organization_id
UNION ALL
SELECT 'assignment without a role or an account', a.id::text FROM castellan.role_assignments a LEFT JOIN castellan.roles r ON r.id = a.role_id LEFT JOIN castellan.users u ON u.id = a.user_id WHERE r.id IS NULL OR u.id IS NULL
UNION ALL
SELECT 'one role twice', min(id::text) FROM castellan.role_assignments GROUP BY realm_id, user_id, role_id, organization_id HAVING count(*) > 1
UNION ALL
SELECT 'two pending invitations of one invitee into one place', min(id::text) FROM castellan.invitations WHERE status = 'pending' GROUP BY realm_id, coalesce(organization_id::text, purpose), invitee HAVING count(*) > 1
UNION ALL
SELECT 'invitation into an organization that is gone', i.id::text FROM castellan.invitations i WHERE i.organization_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM castellan.organizations o WHERE o.id = i.organization_id)
UNION ALL
SELECT 'accepted invitation that nobody accepted', id::text FROM castellan.invitations WHERE status = 'accepted' AND accepted_by IS NULL
UNION ALL
SELECT 'pending invitation of or to an account that has ended', i.id::text FROM castellan.invitations i JOIN castellan.users u ON u.id IN (i.inviter_id, i.user_id) WHERE i.status = 'pending' AND u.deleted_at IS NOT NULL
UNION ALL
SELECT 'unused link of an invitation that is settled or gone', t.id::text FROM castellan.tokens t LEFT JOIN castellan.invitations i ON i.id::text = t.subject WHERE t.type = 'invitation' AND NOT t.used AND i.status IS DISTINCT FROM 'pending'
UNION ALL
SELECT 'member of an organization that is gone, or whose account has ended', m.id::text FROM castellan.organization_members m LEFT JOIN castellan.organizations o ON o.id = m.organization_id LEFT JOIN castellan.users u ON u.id = m.user_id WHERE o.id IS NULL OR u.id IS NULL OR u.deleted_at IS NOT NULL
UNION ALL
SELECT 'proven address that no message was ever used for', u.id::text FROM castellan.users u WHERE u.email_verified AND u.email IS NULL
UNION ALL
SELECT 'more sign-ups than messages that ask for their proof', accounts::text || ' of ' || messages::text
  FROM (SELECT (SELECT count(*) FROM castellan.users WHERE email IS NOT NULL AND NOT email_verified) AS accounts,
               (SELECT count(*) FROM castellan.outbox WHERE topic = 'mail') AS messages) AS counted
  WHERE accounts > messages;
