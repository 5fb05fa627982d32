-- post of a person in a document, with the time of the meeting or, where there is none, of the page
CREATE VIEW held_posts AS
SELECT
  p.doc_id, p.id AS position_id, o.id AS official_id, o.name, p.title, p.organization, p.status, g.kind, g.level, g.place,
  coalesce(m.date, d.published) AS seen,
  CASE WHEN m.date IS NULL THEN d.published_day ELSE m.day END AS seen_day
FROM positions p
JOIN officials o ON o.doc_id = p.doc_id AND o.id = p.official_id
JOIN documents d ON d.doc_id = p.doc_id
LEFT JOIN organizations g ON g.doc_id = p.doc_id AND g.id = p.organization_id
LEFT JOIN meetings m ON m.doc_id = p.doc_id;

-- person who was at a meeting: chaired, led, kept the minutes, spoke, attended or received
CREATE VIEW present AS
SELECT m.doc_id, o.id AS official_id, o.name, m.kind, m.date, m.day, m.place
FROM meetings m
JOIN officials o ON o.doc_id = m.doc_id
WHERE EXISTS (
  SELECT 1 FROM official_roles r
  WHERE r.doc_id = o.doc_id AND r.official_id = o.id AND r.role NOT IN ('mentioned', 'editor')
);

-- two persons at the same meeting; each pair once, in the order of the names
CREATE VIEW met AS
SELECT a.doc_id, a.name, b.name AS other, a.official_id, b.official_id AS other_id, a.kind, a.date, a.day, a.place
FROM present a
JOIN present b ON b.doc_id = a.doc_id AND (a.name < b.name OR (a.name = b.name AND a.official_id < b.official_id));

-- place of a body that a document names: district of a district committee, province of a department
CREATE VIEW document_places AS
SELECT DISTINCT doc_id, level, place
FROM organizations
WHERE place IS NOT NULL AND level IS NOT NULL;

-- mark and a district whose bodies the same document names; a mark stands once for each district
CREATE VIEW mark_districts AS
SELECT t.doc_id, t.id AS trademark_id, t.name, t.kind, t.status, t.owner, p.place AS district
FROM trademarks t
JOIN document_places p ON p.doc_id = t.doc_id AND p.level = 'district';

-- task and one of those who have it; a task without them stands once
CREATE VIEW tasks AS
SELECT
  a.doc_id, a.id AS directive_id, a.kind, a.issuer, w.part, w.name AS assignee, a.action, a.due, a.due_day,
  coalesce(m.date, d.published) AS given
FROM directives a
JOIN documents d ON d.doc_id = a.doc_id
LEFT JOIN meetings m ON m.doc_id = a.doc_id
LEFT JOIN directive_assignees w ON w.doc_id = a.doc_id AND w.directive_id = a.id;

-- fact and a quote it was read from
CREATE VIEW quotes AS
SELECT f.doc_id, f.fact, f.fact_id, f.item, m.id AS mention_id, m.label, m.text, m.start, m."end", m.zone, m.rule, m.confidence
FROM fact_mentions f
JOIN mentions m ON m.doc_id = f.doc_id AND m.id = f.mention_id;

-- doubt about a document: a warning, or a number that announces more or less than is listed
CREATE VIEW doubts AS
SELECT w.doc_id, d.path, w.code, w.message
FROM warnings w
JOIN documents d ON d.doc_id = w.doc_id
UNION ALL
SELECT c.doc_id, d.path, 'count', c.noun || ': ' || c.declared || ' declared, ' || c.listed || ' listed'
FROM counts c
JOIN documents d ON d.doc_id = c.doc_id
WHERE c.declared <> c.listed;
