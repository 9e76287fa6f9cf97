// Held phone calls and video talks, newest first.
// Parameters, null where not wanted: $party (person or party IRI), $since, $until (ISO days).
// The meetings are chosen first, by the parameter that an index answers.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  UNWIND CASE WHEN $party IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)
  RETURN m
}
WITH m
WHERE m.status = 'held' AND (m.format = 'phone' OR m.format = 'video')
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
WITH m
OPTIONAL MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH m, collect(DISTINCT t.name) AS topics
OPTIONAL MATCH (m)-[:REPORTED_IN]->(r:Report)
WITH m, topics, count(DISTINCT r) AS reports
RETURN m.iri AS meeting, m.when AS date, m.name AS label, m.format AS format,
       topics + coalesce(m.unmappedTopics, []) AS topics, reports
ORDER BY m.date DESC, meeting
