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
  WHERE m.format = 'phone' OR m.format = 'video'
  RETURN m
}
WITH m
WHERE m.status = 'held' AND (m.format = 'phone' OR m.format = 'video')
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
WITH m, [(m)-[:DISCUSSED]->(t:Topic) | t.name] AS discussed
RETURN m.iri AS meeting, m.when AS date, m.name AS label, m.format AS format,
       reduce(found = [], one IN discussed | CASE WHEN one IN found THEN found ELSE found + [one] END)
         + coalesce(m.unmappedTopics, []) AS topics,
       COUNT { (m)-[:REPORTED_IN]->() } AS reports
ORDER BY m.date DESC, meeting
